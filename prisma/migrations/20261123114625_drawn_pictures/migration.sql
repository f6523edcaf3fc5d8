-- CreateTable
CREATE TABLE "drawn_platform_ref" (
    "id" TEXT NOT NULL,
    "messenger" TEXT NOT NULL,
    "ref" TEXT NOT NULL,
    "drawn_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "drawn_platform_ref_pkey" PRIMARY KEY ("id","messenger")
);

-- CreateIndex
CREATE INDEX "drawn_platform_ref_drawn_at_idx" ON "drawn_platform_ref"("drawn_at");
