import type { Json } from "@daybook/event";
import { Field } from "../ui/field.tsx";
import { Switch } from "../ui/switch.tsx";
import { settingsOf, withSetting, type Setting, type Settings } from "./settings-schema.ts";

interface SettingsFormProps {
  schema: unknown;
  value: Settings;
  onChange: (value: Settings) => void;
}

/** Any kind's settings, drawn from its schema: no screen knows a kind by name. */
export function SettingsForm({ schema, value, onChange }: SettingsFormProps) {
  return settingsOf(schema).map((setting) => (
    <Field key={setting.name} label={setting.unit ? `${setting.title} (${setting.unit})` : setting.title} hint={setting.hint}>
      {(control) => (
        <SettingControl control={control} setting={setting} value={value[setting.name]} onChange={(next) => onChange(withSetting(value, setting.name, next))} />
      )}
    </Field>
  ));
}

interface SettingControlProps {
  control: { id: string };
  setting: Setting;
  value: Json | undefined;
  onChange: (value: Json | undefined) => void;
}

function SettingControl({ control, setting, value, onChange }: SettingControlProps) {
  const { required, title } = setting;
  switch (setting.kind) {
    case "switch":
      return <Switch label={title} checked={value === true} onChange={onChange} />;
    case "choice":
      return (
        <select
          {...control}
          required={required}
          className="control"
          value={typeof value === "string" ? value : ""}
          onChange={(event) => onChange(event.target.value)}
        >
          {!required && <option value="">–</option>}
          {setting.choices.map((choice) => (
            <option key={choice}>{choice}</option>
          ))}
        </select>
      );
    case "number":
      return (
        <input
          {...control}
          type="number"
          required={required}
          step={setting.whole ? 1 : "any"}
          {...(setting.minimum === null ? {} : { min: setting.minimum })}
          {...(setting.maximum === null ? {} : { max: setting.maximum })}
          className="control"
          value={typeof value === "number" ? value : ""}
          onChange={(event) => onChange(event.target.value === "" ? undefined : event.target.valueAsNumber)}
        />
      );
    case "list":
      return (
        <textarea
          {...control}
          rows={3}
          required={required}
          placeholder="One per line"
          className="control"
          value={Array.isArray(value) ? value.map((line) => (typeof line === "string" ? line : JSON.stringify(line))).join("\n") : ""}
          onChange={(event) => onChange(event.target.value === "" ? undefined : event.target.value.split("\n"))}
        />
      );
    case "secret":
      return (
        <input
          {...control}
          type="password"
          autoComplete="off"
          required={required}
          className="control"
          value={typeof value === "string" ? value : ""}
          onChange={(event) => onChange(event.target.value)}
        />
      );
    case "text":
      return (
        <input
          {...control}
          type="text"
          required={required}
          spellCheck={false}
          className="control"
          value={typeof value === "string" ? value : ""}
          onChange={(event) => onChange(event.target.value)}
        />
      );
  }
}
