/** A module with everything of ours that it imports as the text of one file. */
export function bundle(file: string): Promise<string>
