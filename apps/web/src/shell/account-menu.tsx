import { useNavigate, useRouter } from "@tanstack/react-router";
import { ChevronDown, Keyboard, LogOut, ScrollText, UserRoundCog } from "lucide-react";
import { Menu, MenuChoice, MenuItem, MenuLabel, MenuLine, MenuSub } from "../ui/menu.tsx";
import { toast } from "../ui/toast.tsx";
import { signOut } from "../features/sign-in/authentication.ts";
import { useOpen } from "./organization.tsx";
import { forgetSession } from "./session.ts";
import { chooseTheme, useTheme } from "./theme.ts";

const themeOptions = [
  { value: "system", label: "System" },
  { value: "light", label: "Light" },
  { value: "dark", label: "Dark" },
] as const;

export function AccountMenu({ onShortcuts }: { onShortcuts: () => void }) {
  const { organization, session } = useOpen();
  const navigate = useNavigate();
  const router = useRouter();
  const theme = useTheme();
  const openLogs = (logType: "activity" | "system") => void navigate({ to: "/o/$org/logs/$logType", params: { org: organization.slug, logType } });
  const leave = async () => {
    if (!(await signOut())) return toast("Signing out did not reach the server. Try again.");
    forgetSession();
    await navigate({ to: "/sign-in" });
    await router.invalidate();
  };
  return (
    <Menu
      trigger={
        <button type="button" aria-label={`Account menu of ${session.user.name}`} className="flex h-8 items-center gap-2 rounded-control px-1.5 hover:bg-hover">
          <span aria-hidden className="grid size-6 place-items-center rounded-full bg-selected text-meta font-semibold text-accent">
            {session.user.name.charAt(0).toUpperCase()}
          </span>
          <span className="hidden max-w-[160px] truncate sm:inline">{session.user.name}</span>
          <ChevronDown size={14} aria-hidden className="text-ink-3" />
        </button>
      }
    >
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
      <MenuItem onSelect={() => void navigate({ to: "/o/$org/account", params: { org: organization.slug } })}>
        <UserRoundCog size={14} aria-hidden />
        Profile and security
      </MenuItem>
      <MenuItem onSelect={onShortcuts}>
        <Keyboard size={14} aria-hidden />
        Keyboard shortcuts<kbd className="ml-auto">?</kbd>
      </MenuItem>
      <MenuLine />
      <MenuChoice label="Theme" value={theme} options={themeOptions} onChoose={chooseTheme} />
      <MenuLine />
      <MenuItem onSelect={() => void leave()}>
        <LogOut size={14} aria-hidden />
        Sign out
      </MenuItem>
    </Menu>
  );
}
