export { carryBook } from './from/carry-book.ts';
export { type CarriedOver, readGoalForm } from './from/read-goal-form.ts';
export { contentOfLibrary, indicatorLibraries } from './indicator-library.ts';
export { openProjectBook, readProjectBookBytes } from './read/open-project-book.ts';
export type { ReadBook } from './read/read-project-book.ts';
export type { BookContent } from './write/book-content.ts';
export { writeProjectBook } from './write/write-project-book.ts';
