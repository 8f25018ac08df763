import { Eye, EyeOff } from "lucide-react";
import { useState, type ComponentProps } from "react";
import { IconButton } from "./button.tsx";

interface PasswordInputProps extends Omit<ComponentProps<"input">, "value" | "onChange" | "type"> {
  value: string;
  onChange: (value: string) => void;
}

export function PasswordInput({ value, onChange, ...rest }: PasswordInputProps) {
  const [shown, setShown] = useState(false);
  return (
    <div className="relative">
      <input
        {...rest}
        type={shown ? "text" : "password"}
        required
        className="control control-form pr-10"
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
      <IconButton label={shown ? "Hide password" : "Show password"} aria-pressed={shown} onClick={() => setShown(!shown)} className="absolute top-1 right-1">
        {shown ? <EyeOff size={16} aria-hidden /> : <Eye size={16} aria-hidden />}
      </IconButton>
    </div>
  );
}
