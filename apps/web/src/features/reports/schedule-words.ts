export const weekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"] as const;

export const hourText = (hour: number): string => `${String(hour).padStart(2, "0")}:00`;

/** "Mondays 08:00, Europe/Paris". */
export const scheduleWords = ({ weekday, hour, zone }: { weekday: number; hour: number; zone: string }): string =>
  `${weekdays[weekday - 1] ?? "?"}s ${hourText(hour)}, ${zone}`;
