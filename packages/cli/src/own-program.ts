/** How this program starts itself: compiled it is one file, from source Bun needs the script. */
export const ownProgram = (): string[] => [process.execPath, ...(Bun.main.startsWith("/$bunfs/") ? [] : [Bun.main])];
