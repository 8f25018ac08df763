import type { ComponentProps } from "react";

type Look = "primary" | "quiet" | "plain" | "danger";

const looks: Record<Look, string> = {
  primary: "bg-accent text-on-accent border-transparent font-medium hover:brightness-110",
  quiet: "bg-bg text-ink border-control hover:bg-hover",
  plain: "bg-transparent text-ink-2 border-transparent hover:bg-hover hover:text-ink",
  danger: "bg-danger text-on-danger border-transparent font-medium hover:brightness-110",
};

interface ButtonProps extends ComponentProps<"button"> {
  look?: Look;
  size?: "dense" | "normal";
}

export function Button({ look = "quiet", size = "normal", className = "", type = "button", ...rest }: ButtonProps) {
  const height = size === "dense" ? "h-7 px-2" : "h-8 px-3";
  return (
    <button
      type={type}
      className={`inline-flex shrink-0 items-center justify-center gap-1.5 rounded-control border whitespace-nowrap disabled:opacity-55 ${height} ${looks[look]} ${className}`}
      {...rest}
    />
  );
}

interface IconButtonProps extends ComponentProps<"button"> {
  label: string;
}

/** A square button whose name is only heard: the label is its accessible name and its tooltip. */
export function IconButton({ label, className = "", ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      className={`inline-grid size-7 shrink-0 place-items-center rounded-control text-ink-2 hover:bg-hover hover:text-ink disabled:opacity-55 ${className}`}
      {...rest}
    />
  );
}
