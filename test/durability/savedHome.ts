import type { Database } from '../../src/infra/database.ts'

/** The accounts, meters, months of charges and offices that the samples in `saved/` speak of. */
export const savedHome = {
  accounts: [900_001, 900_002],
  meters: [
    { id: 'saved-cold', service: 'HVS' },
    { id: 'saved-hot', service: 'GVS' },
  ],
  months: ['2026-03', '2026-10'],
  offices: ['LEN-1', 'ORD-1', 'ORD-2'],
} as const

export async function buildSavedHome({ prisma }: Database): Promise<void> {
  const address = {
    streetType: 'улица',
    street: 'Мира',
    house: '5',
    streetKey: 'мира',
    houseKey: '5',
    korpusKey: '',
    roomKey: '',
  }
  await prisma.account.createMany({
    data: savedHome.accounts.map((id, nth) => ({
      ...address,
      id,
      number: String(6_600_000_000 + id),
      open: true,
      flat: String(12 + nth),
      flatKey: String(12 + nth),
      importedFrom: 'test',
    })),
  })
  await prisma.meter.createMany({
    data: savedHome.meters.map(({ id, service }) => ({
      ...{
        id,
        service,
        accountId: savedHome.accounts[0],
        serial: `${id}-1`,
        digits: 5,
        decimals: 3,
        zones: 1,
        unit: 'м³',
      },
      ...{
        lastT1: 100,
        lastAt: new Date('2026-10-20'),
        verificationUntil: new Date('2035-01-01'),
        importedFrom: 'test',
      },
    })),
  })
  for (const period of savedHome.months)
    await prisma.chargeMonth.create({
      data: {
        ...{ accountId: savedHome.accounts[0], period, kind: 'MAIN', digest: '00000000-0000-4000-8000-000000000000' },
        ...{ openingKopecks: 0, paidKopecks: 0, penaltyKopecks: 0, closingKopecks: 33_341, importedFrom: 'test' },
        rows: {
          create: {
            ...{ ordinal: 1, service: 'HVS', name: 'Холодное водоснабжение', totalKopecks: 33_341 },
            ...{ accruedKopecks: 33_341, multiplierKopecks: 0, recalculationKopecks: 0, benefitKopecks: 0 },
          },
        },
      },
    })
  await prisma.office.createMany({
    data: savedHome.offices.map((id) => ({
      ...{
        id,
        name: `Отделение ${id}`,
        district: id.slice(0, 3),
        address: 'улица Мира, 1',
        hours: 'mon-sun 08:00-20:00',
      },
      ...{ windows: 2, slotMinutes: 15, topics: ['account', 'meters', 'certificates'], importedFrom: 'test' },
    })),
  })
  await prisma.street.create({ data: { type: 'улица', name: 'Мира' } })
}
