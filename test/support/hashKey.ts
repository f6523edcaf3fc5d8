/** Keys the activation codes of the tests' town. */
export const hashKey = 'a key for tests only'
