/** Makes the compiler refuse a switch that forgets a member of a closed union. */
export function assertNever(value: never): never {
  throw new Error(`unexpected value: ${JSON.stringify(value)}`)
}
