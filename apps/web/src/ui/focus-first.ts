/** As a `ref`: what a dialog gives the focus when it opens. React's own `autoFocus` comes too early: showing the dialog moves the focus once more. */
export const focusFirst = (element: HTMLElement | null): void => element?.setAttribute("autofocus", "");
