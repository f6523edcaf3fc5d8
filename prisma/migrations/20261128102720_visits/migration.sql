-- CreateEnum
CREATE TYPE "BookingState" AS ENUM ('held', 'booked', 'moved', 'cancelled', 'done', 'missed');

-- CreateTable
CREATE TABLE "office" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "district" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "phone" TEXT,
    "hours" TEXT NOT NULL,
    "windows" INTEGER NOT NULL,
    "slot_minutes" INTEGER NOT NULL,
    "topics" TEXT[],
    "closed_from" DATE,
    "closed_to" DATE,
    "imported_from" TEXT NOT NULL,

    CONSTRAINT "office_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "slot_taken" (
    "id" TEXT NOT NULL,
    "office_id" TEXT NOT NULL,
    "date" DATE NOT NULL,
    "minute" INTEGER NOT NULL,
    "window_no" INTEGER NOT NULL,
    "taken" BOOLEAN NOT NULL,
    "imported_from" TEXT NOT NULL,

    CONSTRAINT "slot_taken_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "booking" (
    "id" UUID NOT NULL,
    "resident_id" UUID,
    "account_id" INTEGER,
    "office_id" TEXT NOT NULL,
    "topic" TEXT NOT NULL,
    "date" DATE NOT NULL,
    "minute" INTEGER NOT NULL,
    "minutes" INTEGER NOT NULL,
    "window_no" INTEGER NOT NULL,
    "ticket" TEXT NOT NULL,
    "state" "BookingState" NOT NULL,
    "held_until" TIMESTAMPTZ(3),
    "replaces_id" UUID,
    "chat" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,
    "result_from" TEXT,

    CONSTRAINT "booking_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "booking_change" (
    "id" BIGSERIAL NOT NULL,
    "booking_id" UUID NOT NULL,
    "state" "BookingState" NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "export_id" INTEGER,

    CONSTRAINT "booking_change_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "bookings_export" (
    "id" SERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "settled_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "bookings_export_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "slot_taken_office_id_date_idx" ON "slot_taken"("office_id", "date");

-- CreateIndex
CREATE INDEX "booking_office_id_date_idx" ON "booking"("office_id", "date");

-- CreateIndex
CREATE INDEX "booking_resident_id_idx" ON "booking"("resident_id");

-- CreateIndex
CREATE INDEX "booking_change_booking_id_idx" ON "booking_change"("booking_id");

-- CreateIndex
CREATE INDEX "booking_change_export_id_id_idx" ON "booking_change"("export_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "bookings_export_name_key" ON "bookings_export"("name");

-- AddForeignKey
ALTER TABLE "slot_taken" ADD CONSTRAINT "slot_taken_office_id_fkey" FOREIGN KEY ("office_id") REFERENCES "office"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "booking" ADD CONSTRAINT "booking_resident_id_fkey" FOREIGN KEY ("resident_id") REFERENCES "resident"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "booking" ADD CONSTRAINT "booking_office_id_fkey" FOREIGN KEY ("office_id") REFERENCES "office"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "booking_change" ADD CONSTRAINT "booking_change_booking_id_fkey" FOREIGN KEY ("booking_id") REFERENCES "booking"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "booking_change" ADD CONSTRAINT "booking_change_export_id_fkey" FOREIGN KEY ("export_id") REFERENCES "bookings_export"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- The database decides who has a place: it is given once.
CREATE UNIQUE INDEX "booking_place" ON "booking"("office_id", "date", "minute", "window_no") WHERE "state" IN ('held', 'booked');

-- A ticket names one visit of an office's day.
CREATE UNIQUE INDEX "booking_ticket" ON "booking"("office_id", "date", "ticket") WHERE "state" IN ('held', 'booked');

-- A resident has one booking a topic, and holds one place at a time.
CREATE UNIQUE INDEX "booking_topic" ON "booking"("resident_id", "topic") WHERE "state" = 'booked';
CREATE UNIQUE INDEX "booking_held" ON "booking"("resident_id") WHERE "state" = 'held';

-- What the next file to the billing holds.
CREATE INDEX "booking_change_to_export" ON "booking_change"("id") WHERE "export_id" IS NULL;
