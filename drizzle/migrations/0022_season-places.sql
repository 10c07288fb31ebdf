ALTER TABLE "seasons" ADD COLUMN "places" jsonb;--> statement-breakpoint
ALTER TABLE "seasons" ADD COLUMN "places_inputs" text;