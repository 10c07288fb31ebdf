CREATE TABLE "verdicts" (
	"check_id" uuid PRIMARY KEY NOT NULL,
	"job_id" uuid NOT NULL,
	"verdict" text NOT NULL,
	"detail" text,
	"stands_id" uuid,
	"reason" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "jobs" ADD COLUMN "checks" uuid;--> statement-breakpoint
ALTER TABLE "verdicts" ADD CONSTRAINT "verdicts_check_id_jobs_id_fk" FOREIGN KEY ("check_id") REFERENCES "public"."jobs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "verdicts" ADD CONSTRAINT "verdicts_job_id_jobs_id_fk" FOREIGN KEY ("job_id") REFERENCES "public"."jobs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "verdicts" ADD CONSTRAINT "verdicts_stands_id_jobs_id_fk" FOREIGN KEY ("stands_id") REFERENCES "public"."jobs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "verdicts_job" ON "verdicts" USING btree ("job_id");--> statement-breakpoint
ALTER TABLE "jobs" ADD CONSTRAINT "jobs_checks_jobs_id_fk" FOREIGN KEY ("checks") REFERENCES "public"."jobs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "jobs_finished" ON "jobs" USING btree ("finished_at");--> statement-breakpoint
CREATE INDEX "jobs_checks" ON "jobs" USING btree ("checks") WHERE "jobs"."checks" is not null;