import type { Access } from "@daybook/policy";
import { ChevronDown } from "lucide-react";
import { useState } from "react";
import { readApiError } from "../../ui/api-error.ts";
import { Button } from "../../ui/button.tsx";
import { FormError } from "../../ui/field.tsx";
import { Menu, MenuChoice } from "../../ui/menu.tsx";
import { Picker, type Choice } from "../../ui/picker.tsx";
import { accessOptions } from "./access-words.ts";

interface AddAccessProps {
  what: "member" | "group";
  typed: string;
  onType: (text: string) => void;
  choices: readonly Choice[] | undefined;
  busy: boolean;
  error: unknown;
  onAdd: (choice: Choice, access: Access) => void;
}

/** Gives somebody access at once when they are picked; the level stands beside. */
export function AddAccess({ what, typed, onType, choices, busy, error, onAdd }: AddAccessProps) {
  const [access, setAccess] = useState<Access>("view");
  const chosen = accessOptions.find(({ value }) => value === access);
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center gap-2">
        <div className="min-w-0 flex-1 basis-[200px]">
          <Picker
            label={`Add a ${what}`}
            placeholder={`Add a ${what}…`}
            typed={typed}
            choices={choices}
            nothing={what === "group" ? "There is no group yet." : "There is nobody to add."}
            busy={busy}
            onType={onType}
            onPick={(choice) => onAdd(choice, access)}
          />
        </div>
        <Menu
          trigger={
            <Button aria-label={`Access for the ${what} to add: ${chosen?.label}`}>
              {chosen?.label}
              <ChevronDown size={13} aria-hidden />
            </Button>
          }
        >
          <MenuChoice label="With access" value={access} options={accessOptions} onChoose={setAccess} />
        </Menu>
      </div>
      {error ? <FormError>{readApiError(error).message}</FormError> : null}
    </div>
  );
}
