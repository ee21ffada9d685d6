namespace Tessera.Timetabling.Model;

/// <summary>The week as a grid of days and hours. A slot is <c>day * HoursPerDay + hour</c>, counted from 0.</summary>
public sealed class TimeGrid
{
    /// <summary>Longest day the solver can hold: a day is one machine word.</summary>
    public const int MaxHoursPerDay = 60;

    /// <param name="days">Names of the days, in order.</param>
    /// <param name="hours">Names of the hours of a day, in order; at most <see cref="MaxHoursPerDay"/>.</param>
    /// <exception cref="ArgumentException">The grid is empty, too long, or names a day or an hour twice.</exception>
    public TimeGrid(IReadOnlyList<string> days, IReadOnlyList<string> hours)
    {
        if (days.Count == 0 || hours.Count == 0) throw new ArgumentException("A week needs at least one day and one hour.", nameof(days));
        if (hours.Count > MaxHoursPerDay) throw new ArgumentException($"A day may have at most {MaxHoursPerDay} hours, not {hours.Count}.", nameof(days));
        if (days.Count > 400) throw new ArgumentException($"A grid may have at most 400 days, not {days.Count}.", nameof(hours));
        if (days.Distinct(StringComparer.Ordinal).Count() != days.Count) throw new ArgumentException("A day is named twice.", nameof(hours));
        if (hours.Distinct(StringComparer.Ordinal).Count() != hours.Count) throw new ArgumentException("An hour is named twice.", nameof(hours));
        Days = days;
        Hours = hours;
    }

    public IReadOnlyList<string> Days { get; }
    public IReadOnlyList<string> Hours { get; }
    public int DayCount => Days.Count;
    public int HoursPerDay => Hours.Count;
    public int SlotCount => DayCount * HoursPerDay;

    public int Slot(int day, int hour) => day * HoursPerDay + hour;
    public int DayOf(int slot) => slot / HoursPerDay;
    public int HourOf(int slot) => slot % HoursPerDay;

    /// <summary>"Monday 10:00", or "unplaced" for a negative slot.</summary>
    public string NameOf(int slot) => slot < 0 ? "unplaced" : $"{Days[DayOf(slot)]} {Hours[HourOf(slot)]}";

    /// <summary>A grid with plain numbered names, for generated schools and tests.</summary>
    public static TimeGrid Numbered(int days, int hours) => new(
        [.. Enumerable.Range(1, days).Select(d => $"Day {d}")], [.. Enumerable.Range(1, hours).Select(h => $"Hour {h}")]);
}
