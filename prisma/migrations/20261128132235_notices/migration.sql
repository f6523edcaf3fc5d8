-- CreateEnum
CREATE TYPE "NoticeState" AS ENUM ('planned', 'waiting', 'told', 'shown', 'failed', 'dropped');

-- CreateTable
CREATE TABLE "notice" (
    "id" TEXT NOT NULL,
    "resident_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "dialog" TEXT NOT NULL,
    "about" TEXT NOT NULL,
    "wave" TEXT,
    "chat" TEXT,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "state" "NoticeState" NOT NULL DEFAULT 'planned',
    "revision" INTEGER,
    "tried" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "failure" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "notice_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "notice_resident_id_idx" ON "notice"("resident_id");

-- CreateIndex
CREATE INDEX "notice_changed_at_idx" ON "notice" USING BRIN ("changed_at");

-- AddForeignKey
ALTER TABLE "notice" ADD CONSTRAINT "notice_resident_id_fkey" FOREIGN KEY ("resident_id") REFERENCES "resident"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What is to be told, the earliest first, and what is on its way; all the rest, by far the most, is over.
CREATE INDEX "notice_planned" ON "notice"("due_at", "id") WHERE "state" = 'planned';
CREATE INDEX "notice_told" ON "notice"("id") WHERE "state" = 'told';
