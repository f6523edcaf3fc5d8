/** Items in pages, in their order, none of them cut: as many to a page as `most` allows by their weight, and at least one. */
export function inPages<Item>(items: readonly Item[], weightOf: (item: Item) => number, most: number): Item[][] {
  const pages: Item[][] = []
  let weight = 0
  for (const item of items) {
    const own = weightOf(item)
    const page = pages.at(-1)
    if (page && weight + own <= most) {
      page.push(item)
      weight += own
    } else {
      pages.push([item])
      weight = own
    }
  }
  return pages
}
