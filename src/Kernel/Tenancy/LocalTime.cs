namespace Tessera.Kernel.Tenancy;

/// <summary>Wall times of a zone as instants.</summary>
internal static class LocalTime
{
    /// <summary>The first instant of the day at which the zone's clocks show <paramref name="time"/> or later: behind the gap where clocks skip it, the first of two where they repeat it.</summary>
    public static DateTimeOffset FirstAt(DateOnly date, TimeOnly time, TimeZoneInfo zone)
    {
        var local = date.ToDateTime(time);
        while (zone.IsInvalidTime(local))
        {
            local = local.AddMinutes(1);
        }

        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }

    /// <summary>The newest day whose <paramref name="time"/> has come.</summary>
    public static DateOnly LastDay(DateTimeOffset now, TimeOnly time, TimeZoneInfo zone)
    {
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime);
        return FirstAt(today, time, zone) <= now ? today : today.AddDays(-1);
    }

    /// <summary>When <paramref name="time"/> comes next.</summary>
    public static DateTimeOffset Next(DateTimeOffset now, TimeOnly time, TimeZoneInfo zone) => FirstAt(LastDay(now, time, zone).AddDays(1), time, zone);
}
