CREATE TABLE "tries" (
	"door" text NOT NULL,
	"who" text NOT NULL,
	"count" integer DEFAULT 1 NOT NULL,
	"began_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "tries_door_who_pk" PRIMARY KEY("door","who")
);
--> statement-breakpoint
CREATE INDEX "tries_began" ON "tries" USING btree ("began_at");