/** What residents may subscribe to, each by itself: outages and repair works, tariffs and rules, what is new in the centre and its services. */
export const newsTopics = ['outages', 'tariffs', 'services'] as const
export type NewsTopic = (typeof newsTopics)[number]

export const isNewsTopic = (given: unknown): given is NewsTopic => newsTopics.some((one) => one === given)
