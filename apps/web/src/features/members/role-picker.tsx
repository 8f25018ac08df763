import { roleWords, type Role } from "@daybook/policy";

/** Roles with what each of them sees and may do; only those that the one who asks may give. */
export function RolePicker({ legend, roles, value, onChange }: { legend: string; roles: readonly Role[]; value: Role; onChange: (role: Role) => void }) {
  return (
    <fieldset className="flex flex-col gap-1">
      <legend className="mb-1 font-medium">{legend}</legend>
      {roles.map((role) => (
        <label key={role} className={`flex items-start gap-2 rounded-control border p-2 ${role === value ? "border-accent bg-selected" : "hover:bg-hover"}`}>
          <input type="radio" name="role" className="mt-0.5 size-4 shrink-0 accent-[var(--accent)]" checked={role === value} onChange={() => onChange(role)} />
          <span className="min-w-0">
            <span className="font-medium">{roleWords[role].title}</span>
            <span className="block text-meta text-ink-2">{roleWords[role].sentence}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
