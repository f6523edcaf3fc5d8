/**
 * On a narrow screen one phone, the forum, or the examples, is shown at a time. Arrow keys move between the tabs. Answers how to show one
 * by its name.
 */
export function keepTabs(onChoice) {
  const stage = document.querySelector('.stage')
  const tabs = [...document.querySelectorAll('[role=tab]')]
  const select = (tab) => {
    for (const one of tabs) {
      one.setAttribute('aria-selected', String(one === tab))
      one.tabIndex = one === tab ? 0 : -1
    }
    stage.dataset.tab = tab.id.replace('tab-', '')
    onChoice(stage.dataset.tab)
  }
  const steps = { ArrowRight: 1, ArrowLeft: -1 }
  for (const tab of tabs) {
    tab.addEventListener('click', () => select(tab))
    tab.addEventListener('keydown', (event) => {
      const step = steps[event.key]
      if (!step) return
      // What is always in sight has no tab.
      const offered = tabs.filter((one) => one.getClientRects().length > 0)
      const next = offered.at((offered.indexOf(tab) + step) % offered.length)
      select(next)
      next.focus()
    })
  }
  return (name) => select(tabs.find((tab) => tab.id === `tab-${name}`))
}
