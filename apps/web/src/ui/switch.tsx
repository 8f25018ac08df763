interface SwitchProps {
  checked: boolean;
  onChange: (checked: boolean) => void;
  label: string;
  disabled?: boolean;
}

export function Switch({ checked, onChange, label, disabled = false }: SwitchProps) {
  return (
    <button
      type="button"
      role="switch"
      aria-checked={checked}
      aria-label={label}
      disabled={disabled}
      onClick={() => onChange(!checked)}
      className="inline-flex h-6 items-center gap-2 rounded-chip disabled:opacity-55"
    >
      <span
        className={`flex h-[18px] w-8 items-center rounded-full border px-px ${checked ? "justify-end border-accent bg-accent" : "border-control bg-hover"}`}
      >
        <span className={`size-3.5 rounded-full ${checked ? "bg-on-accent" : "bg-ink-3"}`} />
      </span>
      <span aria-hidden className="w-6 text-left text-meta text-ink-2">
        {checked ? "On" : "Off"}
      </span>
    </button>
  );
}
