CREATE TYPE "public"."review_verdict" AS ENUM('cleared', 'refused');--> statement-breakpoint
CREATE TYPE "public"."season_state" AS ENUM('opening', 'open', 'closing', 'closed');--> statement-breakpoint
CREATE TABLE "season_disputes" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"entry_id" uuid NOT NULL,
	"by_id" uuid NOT NULL,
	"reason" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"answer" text,
	"answered_by" uuid,
	"answered_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "season_entries" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"season" text NOT NULL,
	"submission_id" uuid NOT NULL,
	"author_id" uuid NOT NULL,
	"slot" integer,
	"late" boolean NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"withdrawn_at" timestamp with time zone,
	"withdrawn_reason" text,
	CONSTRAINT "season_entries_once" UNIQUE("season","submission_id"),
	CONSTRAINT "season_entries_slot" UNIQUE("season","author_id","slot"),
	CONSTRAINT "season_entries_two" CHECK ("season_entries"."slot" between 1 and 2)
);
--> statement-breakpoint
CREATE TABLE "season_reviews" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"entry_id" uuid NOT NULL,
	"reviewer_id" uuid NOT NULL,
	"verdict" "review_verdict" NOT NULL,
	"note" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "season_runners" (
	"season" text NOT NULL,
	"runner_id" uuid NOT NULL,
	CONSTRAINT "season_runners_season_runner_id_pk" PRIMARY KEY("season","runner_id")
);
--> statement-breakpoint
CREATE TABLE "seasons" (
	"name" text PRIMARY KEY NOT NULL,
	"plan" text NOT NULL,
	"state" "season_state" DEFAULT 'opening' NOT NULL,
	"holder_hash" text NOT NULL,
	"commitment" text,
	"shown_at_once" boolean DEFAULT false NOT NULL,
	"disclosure" jsonb,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"opened_at" timestamp with time zone,
	"closes_at" timestamp with time zone,
	"closed_at" timestamp with time zone,
	CONSTRAINT "seasons_state_whole" CHECK (("seasons"."state" <> 'opening') = ("seasons"."commitment" is not null and "seasons"."opened_at" is not null and "seasons"."closes_at" is not null)
        and ("seasons"."state" = 'closed') = ("seasons"."disclosure" is not null and "seasons"."closed_at" is not null))
);
--> statement-breakpoint
ALTER TABLE "season_disputes" ADD CONSTRAINT "season_disputes_entry_id_season_entries_id_fk" FOREIGN KEY ("entry_id") REFERENCES "public"."season_entries"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "season_disputes" ADD CONSTRAINT "season_disputes_by_id_users_id_fk" FOREIGN KEY ("by_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "season_disputes" ADD CONSTRAINT "season_disputes_answered_by_users_id_fk" FOREIGN KEY ("answered_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "season_entries" ADD CONSTRAINT "season_entries_season_seasons_name_fk" FOREIGN KEY ("season") REFERENCES "public"."seasons"("name") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "season_entries" ADD CONSTRAINT "season_entries_submission_id_submissions_id_fk" FOREIGN KEY ("submission_id") REFERENCES "public"."submissions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "season_entries" ADD CONSTRAINT "season_entries_author_id_users_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "season_reviews" ADD CONSTRAINT "season_reviews_entry_id_season_entries_id_fk" FOREIGN KEY ("entry_id") REFERENCES "public"."season_entries"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "season_reviews" ADD CONSTRAINT "season_reviews_reviewer_id_users_id_fk" FOREIGN KEY ("reviewer_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "season_runners" ADD CONSTRAINT "season_runners_season_seasons_name_fk" FOREIGN KEY ("season") REFERENCES "public"."seasons"("name") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "season_runners" ADD CONSTRAINT "season_runners_runner_id_runners_id_fk" FOREIGN KEY ("runner_id") REFERENCES "public"."runners"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "season_disputes_entry" ON "season_disputes" USING btree ("entry_id","created_at");--> statement-breakpoint
CREATE INDEX "season_reviews_entry" ON "season_reviews" USING btree ("entry_id","created_at");