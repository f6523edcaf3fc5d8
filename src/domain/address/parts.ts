/**
 * An address as it is shown. `korpus` holds whatever tells buildings of one house number apart: «2» (корпус), «строение 3», «литера Б».
 * A missing part may be absent or empty, as in a billing file.
 */
export interface AddressParts {
  streetType: string
  street: string
  house: string
  korpus?: string
  flat?: string
  room?: string
}

/** An address in the forms in which addresses are compared; a missing part is empty. Built by `addressKey`, by the importer too. */
export interface AddressKey {
  street: string
  house: string
  korpus: string
  flat: string
  room: string
}
