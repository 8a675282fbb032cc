/** What document 000 counts: 841,600 persons with 407,900 floating, 438,600 houses with 49,000 rented, 58,000 units. */
export const registrySize = { persons: 841_600, floating: 407_900, houses: 438_600, rented: 49_000, units: 58_000 }
export type RegistryShare = Record<keyof typeof registrySize, number>
