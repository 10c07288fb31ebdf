CREATE TABLE "scores" (
	"evaluation_id" uuid PRIMARY KEY NOT NULL,
	"inputs" text NOT NULL,
	"state" text NOT NULL,
	"scores" jsonb,
	"outcome" text,
	"jailed" boolean,
	"cut_short" boolean NOT NULL,
	"computed_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "scores" ADD CONSTRAINT "scores_evaluation_id_evaluations_id_fk" FOREIGN KEY ("evaluation_id") REFERENCES "public"."evaluations"("id") ON DELETE cascade ON UPDATE no action;