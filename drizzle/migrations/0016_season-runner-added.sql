ALTER TABLE "season_runners" ADD COLUMN "added_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "season_runners" ADD COLUMN "reason" text;--> statement-breakpoint
ALTER TABLE "season_runners" ADD CONSTRAINT "season_runners_reason" CHECK (("season_runners"."added_at" is null) = ("season_runners"."reason" is null));