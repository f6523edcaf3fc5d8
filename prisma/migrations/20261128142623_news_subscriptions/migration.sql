-- CreateTable
CREATE TABLE "news_subscription" (
    "resident_id" UUID NOT NULL,
    "topic" TEXT NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "news_subscription_pkey" PRIMARY KEY ("resident_id","topic")
);

-- AddForeignKey
ALTER TABLE "news_subscription" ADD CONSTRAINT "news_subscription_resident_id_fkey" FOREIGN KEY ("resident_id") REFERENCES "resident"("id") ON DELETE CASCADE ON UPDATE CASCADE;
