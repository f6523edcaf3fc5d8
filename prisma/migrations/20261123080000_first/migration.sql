-- CreateEnum
CREATE TYPE "OutboxState" AS ENUM ('pending', 'sent', 'dropped');

-- CreateEnum
CREATE TYPE "FileState" AS ENUM ('wanted', 'stored', 'refused');

-- CreateEnum
CREATE TYPE "ReadingStatus" AS ENUM ('accepted', 'exported', 'confirmed', 'rejected', 'superseded');

-- CreateTable
CREATE TABLE "conversation" (
    "chat" TEXT NOT NULL,
    "revision" INTEGER NOT NULL,
    "state" JSONB NOT NULL,
    "resident_id" UUID,
    "blocked_at" TIMESTAMPTZ(3),
    "lease_owner" TEXT,
    "lease_until" TIMESTAMPTZ(3),
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "conversation_pkey" PRIMARY KEY ("chat")
);

-- CreateTable
CREATE TABLE "seen" (
    "event" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "seen_pkey" PRIMARY KEY ("event")
);

-- CreateTable
CREATE TABLE "outbox" (
    "chat" TEXT NOT NULL,
    "revision" INTEGER NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "state" "OutboxState" NOT NULL DEFAULT 'pending',
    "body" JSONB,
    "parts_done" INTEGER NOT NULL DEFAULT 0,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "failure" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "settled_at" TIMESTAMPTZ(3),

    CONSTRAINT "outbox_pkey" PRIMARY KEY ("chat","revision","ordinal")
);

-- CreateTable
CREATE TABLE "delivery" (
    "chat" TEXT NOT NULL,
    "revision" INTEGER NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "part" INTEGER NOT NULL,
    "message" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "delivery_pkey" PRIMARY KEY ("chat","revision","ordinal","part")
);

-- CreateTable
CREATE TABLE "timer" (
    "id" TEXT NOT NULL,
    "chat" TEXT NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "what" JSONB NOT NULL,

    CONSTRAINT "timer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "deferred" (
    "event" TEXT NOT NULL,
    "chat" TEXT NOT NULL,
    "order" SERIAL NOT NULL,
    "body" JSONB NOT NULL,

    CONSTRAINT "deferred_pkey" PRIMARY KEY ("event")
);

-- CreateTable
CREATE TABLE "lease" (
    "name" TEXT NOT NULL,
    "owner" TEXT NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "lease_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "cursor" (
    "name" TEXT NOT NULL,
    "value" TEXT NOT NULL,

    CONSTRAINT "cursor_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "file" (
    "id" UUID NOT NULL,
    "state" "FileState" NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "mime" TEXT,
    "bytes" INTEGER,
    "refusal" TEXT,
    "chat" TEXT,
    "ref" TEXT,
    "resident_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "file_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "file_chunk" (
    "file_id" UUID NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "content" BYTEA NOT NULL,

    CONSTRAINT "file_chunk_pkey" PRIMARY KEY ("file_id","ordinal")
);

-- CreateTable
CREATE TABLE "file_platform_ref" (
    "file_id" UUID NOT NULL,
    "messenger" TEXT NOT NULL,
    "ref" TEXT NOT NULL,

    CONSTRAINT "file_platform_ref_pkey" PRIMARY KEY ("file_id","messenger")
);

-- CreateTable
CREATE TABLE "resident" (
    "id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "resident_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "consent" (
    "id" UUID NOT NULL,
    "resident_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "text_hash" TEXT NOT NULL,
    "messenger" TEXT NOT NULL,
    "given_at" TIMESTAMPTZ(3) NOT NULL,
    "withdrawn_at" TIMESTAMPTZ(3),

    CONSTRAINT "consent_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "link" (
    "id" UUID NOT NULL,
    "resident_id" UUID NOT NULL,
    "account_id" INTEGER NOT NULL,
    "proof" TEXT NOT NULL,
    "chat" TEXT NOT NULL,
    "linked_at" TIMESTAMPTZ(3) NOT NULL,
    "removed_at" TIMESTAMPTZ(3),

    CONSTRAINT "link_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "street" (
    "id" SERIAL NOT NULL,
    "type" TEXT NOT NULL,
    "name" TEXT NOT NULL,

    CONSTRAINT "street_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "account" (
    "id" SERIAL NOT NULL,
    "number" TEXT NOT NULL,
    "els" TEXT,
    "open" BOOLEAN NOT NULL,
    "payer_name" TEXT,
    "street_type" TEXT NOT NULL,
    "street" TEXT NOT NULL,
    "house" TEXT NOT NULL,
    "korpus" TEXT NOT NULL DEFAULT '',
    "flat" TEXT NOT NULL DEFAULT '',
    "room" TEXT NOT NULL DEFAULT '',
    "street_key" TEXT NOT NULL,
    "house_key" TEXT NOT NULL,
    "korpus_key" TEXT NOT NULL,
    "flat_key" TEXT NOT NULL,
    "room_key" TEXT NOT NULL,
    "district" TEXT,
    "area_hundredths" INTEGER,
    "registered" INTEGER,
    "living" INTEGER,
    "balance_kopecks" BIGINT,
    "balance_at" DATE,
    "activation_code_hash" TEXT,
    "paper_receipt" BOOLEAN,
    "imported_from" TEXT NOT NULL,

    CONSTRAINT "account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "meter" (
    "id" TEXT NOT NULL,
    "account_id" INTEGER NOT NULL,
    "service" TEXT NOT NULL,
    "serial" TEXT NOT NULL,
    "digits" INTEGER NOT NULL,
    "decimals" INTEGER NOT NULL,
    "zones" INTEGER NOT NULL,
    "ratio" DECIMAL(12,4) NOT NULL DEFAULT 1,
    "unit" TEXT NOT NULL,
    "installed_at" DATE,
    "verification_until" DATE,
    "removed_at" DATE,
    "last_t1" DECIMAL(14,3),
    "last_t2" DECIMAL(14,3),
    "last_t3" DECIMAL(14,3),
    "last_at" DATE,
    "norm" DECIMAL(12,4),
    "average6" DECIMAL(14,3),
    "photo_required" BOOLEAN NOT NULL DEFAULT false,
    "imported_from" TEXT NOT NULL,

    CONSTRAINT "meter_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "reading" (
    "id" UUID NOT NULL,
    "confirmation" TEXT,
    "account_id" INTEGER NOT NULL,
    "meter_id" TEXT NOT NULL,
    "period" TEXT NOT NULL,
    "t1" DECIMAL(14,3) NOT NULL,
    "t2" DECIMAL(14,3),
    "t3" DECIMAL(14,3),
    "read_at" DATE NOT NULL,
    "submitted_at" TIMESTAMPTZ(3) NOT NULL,
    "source" TEXT NOT NULL,
    "resident_id" UUID,
    "flags" TEXT[],
    "status" "ReadingStatus" NOT NULL,
    "rejection" TEXT,
    "replaces_id" UUID,
    "photo_id" UUID,

    CONSTRAINT "reading_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "attempt" (
    "key" TEXT NOT NULL,
    "points" INTEGER NOT NULL DEFAULT 0,
    "expire" BIGINT,

    CONSTRAINT "attempt_pkey" PRIMARY KEY ("key")
);

-- CreateIndex
CREATE INDEX "conversation_resident_id_idx" ON "conversation"("resident_id");

-- CreateIndex
CREATE INDEX "seen_at_idx" ON "seen"("at");

-- CreateIndex
CREATE INDEX "outbox_created_at_idx" ON "outbox"("created_at");

-- CreateIndex
CREATE INDEX "delivery_chat_message_idx" ON "delivery"("chat", "message");

-- CreateIndex
CREATE INDEX "timer_due_at_idx" ON "timer"("due_at");

-- CreateIndex
CREATE INDEX "deferred_chat_order_idx" ON "deferred"("chat", "order");

-- CreateIndex
CREATE INDEX "file_state_created_at_idx" ON "file"("state", "created_at");

-- CreateIndex
CREATE INDEX "file_resident_id_idx" ON "file"("resident_id");

-- CreateIndex
CREATE INDEX "consent_resident_id_idx" ON "consent"("resident_id");

-- CreateIndex
CREATE INDEX "link_resident_id_idx" ON "link"("resident_id");

-- CreateIndex
CREATE INDEX "link_account_id_idx" ON "link"("account_id");

-- CreateIndex
CREATE UNIQUE INDEX "street_type_name_key" ON "street"("type", "name");

-- CreateIndex
CREATE UNIQUE INDEX "account_number_key" ON "account"("number");

-- CreateIndex
CREATE INDEX "account_street_key_house_key_flat_key_idx" ON "account"("street_key", "house_key", "flat_key");

-- CreateIndex
CREATE INDEX "meter_account_id_idx" ON "meter"("account_id");

-- CreateIndex
CREATE INDEX "reading_meter_id_period_idx" ON "reading"("meter_id", "period");

-- CreateIndex
CREATE INDEX "reading_account_id_idx" ON "reading"("account_id");

-- CreateIndex
CREATE INDEX "reading_confirmation_idx" ON "reading"("confirmation");

-- AddForeignKey
ALTER TABLE "conversation" ADD CONSTRAINT "conversation_resident_id_fkey" FOREIGN KEY ("resident_id") REFERENCES "resident"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "file_chunk" ADD CONSTRAINT "file_chunk_file_id_fkey" FOREIGN KEY ("file_id") REFERENCES "file"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "file_platform_ref" ADD CONSTRAINT "file_platform_ref_file_id_fkey" FOREIGN KEY ("file_id") REFERENCES "file"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "consent" ADD CONSTRAINT "consent_resident_id_fkey" FOREIGN KEY ("resident_id") REFERENCES "resident"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "link" ADD CONSTRAINT "link_resident_id_fkey" FOREIGN KEY ("resident_id") REFERENCES "resident"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "link" ADD CONSTRAINT "link_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "meter" ADD CONSTRAINT "meter_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reading" ADD CONSTRAINT "reading_meter_id_fkey" FOREIGN KEY ("meter_id") REFERENCES "meter"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What schema.prisma has no words for.

-- One current reading per meter and period.
CREATE UNIQUE INDEX "reading_current" ON "reading"("meter_id", "period") WHERE "status" NOT IN ('superseded', 'rejected');

-- One active link per resident and account.
CREATE UNIQUE INDEX "link_active" ON "link"("resident_id", "account_id") WHERE "removed_at" IS NULL;

-- Deliveries look for what is pending only; of what was shown there is far more.
CREATE INDEX "outbox_pending" ON "outbox"("chat", "revision", "ordinal") WHERE "state" = 'pending';

-- Every turn rewrites the row of its conversation: room on the page spares its indexes.
ALTER TABLE "conversation" SET (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.05);
ALTER TABLE "lease" SET (fillfactor = 50);
ALTER TABLE "cursor" SET (fillfactor = 50);
ALTER TABLE "outbox" SET (fillfactor = 85, autovacuum_vacuum_scale_factor = 0.05);
ALTER TABLE "timer" SET (autovacuum_vacuum_scale_factor = 0.05);
