/** What this thread holds after `collect`, without what the engine has compiled. */
export function heldBytes(collect: () => void): Promise<number>
