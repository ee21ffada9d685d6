namespace Tessera.Timetabling.Search;

/// <summary>What is counted over one person's busy hours. Each kind belongs to the rule of the same meaning.</summary>
internal enum TermKind : byte
{
    GapsPerWeek,
    GapsPerDay,
    MaxDays,
    MinDays,
    MaxHoursDaily,
    HoursBeyondDaily,
    MinHoursUsedDay,
    MinHoursEveryDay,
    MaxRun,
    MaxSpan,
    IntervalDays,
    LateBeginnings,
    Resting,
}

/// <summary>One limit on one resource's week.</summary>
[System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Auto)]
internal readonly record struct Term(TermKind Kind, int Limit, ulong Mask, int Monitor);
