-- CreateEnum
CREATE TYPE "RequestState" AS ENUM ('draft', 'new', 'assigned', 'waiting', 'answered', 'accepted', 'rejected', 'done', 'closed', 'redirected');

-- CreateTable
CREATE TABLE "request" (
    "id" UUID NOT NULL,
    "number" INTEGER,
    "kind" TEXT NOT NULL,
    "subject" TEXT,
    "state" "RequestState" NOT NULL,
    "resident_id" UUID,
    "account_id" INTEGER,
    "chat" TEXT NOT NULL,
    "details" JSONB NOT NULL DEFAULT '{}',
    "assigned_to" TEXT,
    "booking_id" UUID,
    "hand_off_id" UUID,
    "topic_id" INTEGER,
    "staff_message" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "sent_at" TIMESTAMPTZ(3),
    "changed_at" TIMESTAMPTZ(3) NOT NULL,
    "due_on" DATE,
    "promised_at" TIMESTAMPTZ(3),
    "promise" TEXT,
    "answered_at" TIMESTAMPTZ(3),
    "closed_at" TIMESTAMPTZ(3),
    "rating" INTEGER,
    "rating_words" TEXT,

    CONSTRAINT "request_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "request_line" (
    "id" BIGSERIAL NOT NULL,
    "request_id" UUID NOT NULL,
    "author" TEXT NOT NULL,
    "by" TEXT,
    "state" "RequestState",
    "body" JSONB NOT NULL,
    "message" TEXT,
    "staff_message" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "request_line_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "request_number_key" ON "request"("number");

-- CreateIndex
CREATE INDEX "request_resident_id_state_idx" ON "request"("resident_id", "state");

-- CreateIndex
CREATE INDEX "request_state_due_on_idx" ON "request"("state", "due_on");

-- CreateIndex
CREATE INDEX "request_promised_at_idx" ON "request"("promised_at");

-- CreateIndex
CREATE INDEX "request_account_id_idx" ON "request"("account_id");

-- CreateIndex
CREATE INDEX "request_line_request_id_id_idx" ON "request_line"("request_id", "id");

-- CreateIndex
CREATE INDEX "request_line_staff_message_idx" ON "request_line"("staff_message");

-- AddForeignKey
ALTER TABLE "request" ADD CONSTRAINT "request_resident_id_fkey" FOREIGN KEY ("resident_id") REFERENCES "resident"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "request_line" ADD CONSTRAINT "request_line_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "request"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- A resident has one draft of a kind.
CREATE UNIQUE INDEX "request_draft_of_kind" ON "request"("resident_id", "kind") WHERE "state" = 'draft';

-- Numbers that residents are told.
CREATE SEQUENCE "request_number" START 1001;
