CREATE TABLE "reports" (
	"submission_id" uuid NOT NULL,
	"suite" text NOT NULL,
	"suite_digest" text NOT NULL,
	"report" jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "reports_submission_id_suite_pk" PRIMARY KEY("submission_id","suite")
);
--> statement-breakpoint
ALTER TABLE "reports" ADD CONSTRAINT "reports_submission_id_submissions_id_fk" FOREIGN KEY ("submission_id") REFERENCES "public"."submissions"("id") ON DELETE no action ON UPDATE no action;