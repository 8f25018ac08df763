import { useNavigate } from "@tanstack/react-router";
import { Keyboard, LogOut, ScrollText } from "lucide-react";
import { Menu, MenuChoice, MenuItem, MenuLabel, MenuLine, MenuSub } from "../ui/menu.tsx";
import { AccountButton } from "./account-button.tsx";
import { useOpen } from "./organization.tsx";
import { linkTo, ownPlaces } from "./places.ts";
import { chooseTheme, useTheme } from "./theme.ts";
import { useSignOut } from "./use-sign-out.ts";

const themeOptions = [
  { value: "system", label: "System" },
  { value: "light", label: "Light" },
  { value: "dark", label: "Dark" },
] as const;

export function AccountMenu({ onShortcuts }: { onShortcuts: () => void }) {
  const { organization, session } = useOpen();
  const navigate = useNavigate();
  const signOut = useSignOut();
  const theme = useTheme();
  const openLogs = (logType: "activity" | "system") => void navigate({ to: "/o/$org/logs/$logType", params: { org: organization.slug, logType } });
  return (
    <Menu openAtFirst trigger={<AccountButton />}>
      <MenuLabel>
        <span className="block text-body font-medium text-ink">{session.user.name}</span>
        {session.user.email}
      </MenuLabel>
      <MenuLine />
      <MenuSub
        label={
          <>
            <ScrollText size={14} aria-hidden />
            Logs
          </>
        }
      >
        <MenuItem onSelect={() => openLogs("activity")}>User activity</MenuItem>
        <MenuItem onSelect={() => openLogs("system")}>System</MenuItem>
      </MenuSub>
      {ownPlaces.map((place) => (
        <MenuItem key={place.label} onSelect={() => void navigate(linkTo(place, organization.slug) as Parameters<typeof navigate>[0])}>
          <place.Icon size={14} aria-hidden />
          {place.label}
        </MenuItem>
      ))}
      <MenuItem onSelect={onShortcuts}>
        <Keyboard size={14} aria-hidden />
        Keyboard shortcuts<kbd className="ml-auto">?</kbd>
      </MenuItem>
      <MenuLine />
      <MenuChoice label="Theme" value={theme} options={themeOptions} onChoose={chooseTheme} />
      <MenuLine />
      <MenuItem onSelect={() => void signOut()}>
        <LogOut size={14} aria-hidden />
        Sign out
      </MenuItem>
    </Menu>
  );
}
