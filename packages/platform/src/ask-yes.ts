/** Asks the person at the terminal, on standard error's terminal; true for "y" and "Y" alone. */
export const askYes = (question: string): boolean => confirm(question);
