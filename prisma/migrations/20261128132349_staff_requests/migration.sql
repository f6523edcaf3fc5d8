-- CreateEnum
CREATE TYPE "RequestReplyState" AS ENUM ('pending', 'asked', 'sent', 'stopped');

-- AlterTable
ALTER TABLE "card_view" ADD COLUMN     "request_id" UUID;

-- AlterTable
ALTER TABLE "request" ADD COLUMN     "nag_at" TIMESTAMPTZ(3),
ADD COLUMN     "nags" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "shown_line" BIGINT;

-- CreateTable
CREATE TABLE "request_reply" (
    "id" BIGSERIAL NOT NULL,
    "request_id" UUID NOT NULL,
    "by" TEXT NOT NULL,
    "state" "RequestReplyState" NOT NULL,
    "wants" TEXT,
    "text" TEXT NOT NULL,
    "files" JSONB NOT NULL DEFAULT '[]',
    "album" TEXT,
    "message" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "request_reply_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "request_reply_state_id_idx" ON "request_reply"("state", "id");

-- CreateIndex
CREATE INDEX "request_reply_request_id_album_idx" ON "request_reply"("request_id", "album");

-- CreateIndex
CREATE INDEX "request_nag_at_idx" ON "request"("nag_at");

-- AddForeignKey
ALTER TABLE "request_reply" ADD CONSTRAINT "request_reply_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "request"("id") ON DELETE CASCADE ON UPDATE CASCADE;
