-- CreateEnum
CREATE TYPE "WaveState" AS ENUM ('running', 'paused', 'stopped', 'done');

-- CreateTable
CREATE TABLE "wave" (
    "id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "about" TEXT NOT NULL,
    "state" "WaveState" NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "body" JSONB,
    "cursor" UUID,
    "looked" INTEGER NOT NULL DEFAULT 0,
    "planned" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "planned_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "wave_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "reminder_choice" (
    "resident_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "is_off" BOOLEAN NOT NULL DEFAULT false,
    "muted_until" DATE,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "reminder_choice_pkey" PRIMARY KEY ("resident_id","kind")
);

-- CreateIndex
CREATE INDEX "wave_state_idx" ON "wave"("state");

-- CreateIndex
CREATE INDEX "wave_due_at_idx" ON "wave"("due_at");

-- AddForeignKey
ALTER TABLE "reminder_choice" ADD CONSTRAINT "reminder_choice_resident_id_fkey" FOREIGN KEY ("resident_id") REFERENCES "resident"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Mailings are looked for by wave and messenger, the rest before them.
DROP INDEX "notice_planned";
CREATE INDEX "notice_planned" ON "notice"("due_at", "id") WHERE "state" = 'planned' AND "wave" IS NULL;
CREATE INDEX "notice_of_wave" ON "notice"("wave", (split_part("chat", ':', 1)), "id") WHERE "state" = 'planned' AND "wave" IS NOT NULL;
CREATE INDEX "notice_by_wave" ON "notice"("wave", "state") WHERE "wave" IS NOT NULL;
