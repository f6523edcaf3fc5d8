/** Payees that do not exist, whose numbers pass every check; the first is the one of the test vectors (domain.md, section 4). */
const payees = [
  {
    kind: 'MAIN',
    name: 'АО "Расчётный центр (пример)"',
    personal_acc: '40702810216000000042',
    inn: '6699000017',
    phone: '8 (343) 000-00-00 (пример)',
    address: 'г. Екатеринбург, ул. Примерная, д. 1',
  },
  {
    kind: 'CAPREM',
    name: 'Фонд капитального ремонта (пример)',
    personal_acc: '40603810416000000077',
    inn: '6699000024',
    phone: '8 (343) 000-00-01 (пример)',
    address: 'г. Екатеринбург, ул. Примерная, д. 2',
  },
]

const bank = {
  bank_name: 'Банк "Пример" г. Екатеринбург',
  bic: '046599999',
  corresp_acc: '30101810300000000999',
}

/** Both are in force whatever day the town is made for. */
export function requisiteRows(): string[][] {
  const rows = payees.map((payee) => ({
    ...payee,
    ...bank,
    kpp: '669901001',
    valid_from: '2020-01-01',
    site: 'https://example.org',
  }))
  const columns = 'kind valid_from name personal_acc bank_name bic corresp_acc inn kpp phone address site'.split(
    ' ',
  ) as (keyof (typeof rows)[number])[]
  return [columns, ...rows.map((row) => columns.map((column) => quoted(row[column])))]
}

const quoted = (text: string): string => (text.includes('"') ? `"${text.replaceAll('"', '""')}"` : text)
