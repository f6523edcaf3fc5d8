-- CreateEnum
CREATE TYPE "HandOffState" AS ENUM ('waiting', 'taken', 'on_hold', 'closed');

-- CreateEnum
CREATE TYPE "DeskLineState" AS ENUM ('pending', 'told', 'shown', 'failed', 'kept');

-- CreateTable
CREATE TABLE "consultant" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "most_chats" INTEGER,
    "shift_since" TIMESTAMPTZ(3),
    "added_at" TIMESTAMPTZ(3) NOT NULL,
    "removed_at" TIMESTAMPTZ(3),

    CONSTRAINT "consultant_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "desk_topic" (
    "id" SERIAL NOT NULL,
    "resident_id" UUID,
    "forum" TEXT,
    "thread" TEXT,
    "title" TEXT,
    "is_closed" BOOLEAN NOT NULL DEFAULT false,
    "card_message" TEXT,
    "card_stale" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "desk_topic_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "hand_off" (
    "id" UUID NOT NULL,
    "number" SERIAL NOT NULL,
    "resident_id" UUID,
    "topic_id" INTEGER NOT NULL,
    "chat" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "account_id" INTEGER,
    "state" "HandOffState" NOT NULL,
    "patient" BOOLEAN NOT NULL DEFAULT false,
    "morning" BOOLEAN NOT NULL DEFAULT false,
    "asked_at" TIMESTAMPTZ(3) NOT NULL,
    "queued_at" TIMESTAMPTZ(3) NOT NULL,
    "taken_by" TEXT,
    "taken_at" TIMESTAMPTZ(3),
    "offered_to" TEXT,
    "refused_by" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "first_answer_at" TIMESTAMPTZ(3),
    "resident_at" TIMESTAMPTZ(3) NOT NULL,
    "consultant_at" TIMESTAMPTZ(3),
    "reminded_at" TIMESTAMPTZ(3),
    "hold_until" TIMESTAMPTZ(3),
    "shown_place" INTEGER,
    "shown_place_at" TIMESTAMPTZ(3),
    "next_at" TIMESTAMPTZ(3),
    "closed_at" TIMESTAMPTZ(3),
    "closed_by" TEXT,
    "rating" INTEGER,
    "rating_words" TEXT,
    "steps" JSONB NOT NULL DEFAULT '[]',

    CONSTRAINT "hand_off_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "hand_off_take" (
    "id" BIGSERIAL NOT NULL,
    "hand_off_id" UUID NOT NULL,
    "by" TEXT NOT NULL,
    "from" TIMESTAMPTZ(3) NOT NULL,
    "until" TIMESTAMPTZ(3),
    "ended" TEXT,

    CONSTRAINT "hand_off_take_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "desk_line" (
    "id" BIGSERIAL NOT NULL,
    "hand_off_id" UUID NOT NULL,
    "author" TEXT NOT NULL,
    "by" TEXT,
    "state" "DeskLineState" NOT NULL,
    "body" JSONB NOT NULL,
    "chat" TEXT,
    "revision" INTEGER,
    "message" TEXT,
    "staff_message" TEXT,
    "answers" BIGINT,
    "failure" TEXT,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "desk_line_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "desk_post" (
    "id" BIGSERIAL NOT NULL,
    "topic_id" INTEGER,
    "forum" TEXT,
    "body" JSONB,
    "line" BIGINT,
    "state" "OutboxState" NOT NULL DEFAULT 'pending',
    "messages" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "failure" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "settled_at" TIMESTAMPTZ(3),

    CONSTRAINT "desk_post_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "card_view" (
    "id" BIGSERIAL NOT NULL,
    "by" TEXT NOT NULL,
    "hand_off_id" UUID,
    "account_id" INTEGER,
    "why" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "card_view_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "canned_reply" (
    "name" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "changed_by" TEXT,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "canned_reply_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "desk_day" (
    "date" DATE NOT NULL,
    "spans" TEXT NOT NULL,
    "note" TEXT,

    CONSTRAINT "desk_day_pkey" PRIMARY KEY ("date")
);

-- CreateTable
CREATE TABLE "desk_clock" (
    "date" DATE NOT NULL,
    "what" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "desk_clock_pkey" PRIMARY KEY ("date","what")
);

-- CreateIndex
CREATE UNIQUE INDEX "desk_topic_resident_id_key" ON "desk_topic"("resident_id");

-- CreateIndex
CREATE INDEX "desk_topic_card_stale_idx" ON "desk_topic"("card_stale");

-- CreateIndex
CREATE UNIQUE INDEX "desk_topic_forum_thread_key" ON "desk_topic"("forum", "thread");

-- CreateIndex
CREATE UNIQUE INDEX "hand_off_number_key" ON "hand_off"("number");

-- CreateIndex
CREATE INDEX "hand_off_resident_id_idx" ON "hand_off"("resident_id");

-- CreateIndex
CREATE INDEX "hand_off_state_queued_at_idx" ON "hand_off"("state", "queued_at");

-- CreateIndex
CREATE INDEX "hand_off_next_at_idx" ON "hand_off"("next_at");

-- CreateIndex
CREATE INDEX "hand_off_taken_by_state_idx" ON "hand_off"("taken_by", "state");

-- CreateIndex
CREATE INDEX "hand_off_closed_at_idx" ON "hand_off"("closed_at");

-- CreateIndex
CREATE INDEX "hand_off_take_hand_off_id_idx" ON "hand_off_take"("hand_off_id");

-- CreateIndex
CREATE INDEX "hand_off_take_by_from_idx" ON "hand_off_take"("by", "from");

-- CreateIndex
CREATE INDEX "desk_line_hand_off_id_id_idx" ON "desk_line"("hand_off_id", "id");

-- CreateIndex
CREATE INDEX "desk_line_state_id_idx" ON "desk_line"("state", "id");

-- CreateIndex
CREATE INDEX "desk_line_chat_message_idx" ON "desk_line"("chat", "message");

-- CreateIndex
CREATE INDEX "desk_line_staff_message_idx" ON "desk_line"("staff_message");

-- CreateIndex
CREATE INDEX "desk_post_state_id_idx" ON "desk_post"("state", "id");

-- CreateIndex
CREATE INDEX "desk_post_topic_id_id_idx" ON "desk_post"("topic_id", "id");

-- CreateIndex
CREATE INDEX "desk_post_line_idx" ON "desk_post"("line");

-- CreateIndex
CREATE INDEX "card_view_at_idx" ON "card_view"("at");

-- AddForeignKey
ALTER TABLE "hand_off" ADD CONSTRAINT "hand_off_resident_id_fkey" FOREIGN KEY ("resident_id") REFERENCES "resident"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "hand_off" ADD CONSTRAINT "hand_off_topic_id_fkey" FOREIGN KEY ("topic_id") REFERENCES "desk_topic"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "hand_off_take" ADD CONSTRAINT "hand_off_take_hand_off_id_fkey" FOREIGN KEY ("hand_off_id") REFERENCES "hand_off"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "desk_line" ADD CONSTRAINT "desk_line_hand_off_id_fkey" FOREIGN KEY ("hand_off_id") REFERENCES "hand_off"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "desk_post" ADD CONSTRAINT "desk_post_topic_id_fkey" FOREIGN KEY ("topic_id") REFERENCES "desk_topic"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- The database decides who holds a chat: a resident has one hand-off at a time.
CREATE UNIQUE INDEX "hand_off_active" ON "hand_off"("resident_id") WHERE "state" <> 'closed';
