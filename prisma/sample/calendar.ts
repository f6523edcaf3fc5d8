/** Months are counted from year 0, so that they can be added and compared. */
export type Month = number

export const monthOf = (date: string): Month => Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1

export const periodText = (month: Month) => `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`

export const dayText = (month: Month, day: number) => `${periodText(month)}-${String(day).padStart(2, '0')}`
