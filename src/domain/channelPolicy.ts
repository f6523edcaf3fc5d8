/**
 * What of an account's money, receipts and addresses a messenger may carry; the law forbids some centres to send payment documents
 * through a foreign one (149-ФЗ art. 10; domain rules, §0). `full`: all; `masked`: sums, but neither the payer's name nor the flat's whole
 * address, on receipts either; `linkOnly`: where they are to be seen instead; `off`: not even that they could be.
 */
export const channelPolicies = ['full', 'masked', 'linkOnly', 'off'] as const
export type ChannelPolicy = (typeof channelPolicies)[number]

/** Whether sums, receipts and payment codes are shown at all. */
export const showsSums = (policy: ChannelPolicy): boolean => policy === 'full' || policy === 'masked'

/** Whether the payer's name and the whole address are. */
export const showsPayer = (policy: ChannelPolicy): boolean => policy === 'full'
