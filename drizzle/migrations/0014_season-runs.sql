CREATE TABLE "season_slots" (
	"season" text NOT NULL,
	"who" text NOT NULL,
	"taken" integer NOT NULL,
	CONSTRAINT "season_slots_season_who_pk" PRIMARY KEY("season","who")
);
--> statement-breakpoint
ALTER TABLE "seasons" ADD COLUMN "engines" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "season_slots" ADD CONSTRAINT "season_slots_season_seasons_name_fk" FOREIGN KEY ("season") REFERENCES "public"."seasons"("name") ON DELETE no action ON UPDATE no action;