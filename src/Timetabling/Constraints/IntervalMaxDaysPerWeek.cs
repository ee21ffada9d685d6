using Tessera.Timetabling.Search;

namespace Tessera.Timetabling.Constraints;

/// <summary>Lessons between two hours on at most so many days. Unit: a day too many.</summary>
public sealed record IntervalMaxDaysPerWeek(Who Who, int FirstHour, int EndHour, int MaxDays) : PersonRule(Who)
{
    private ulong Mask => ((1UL << EndHour) - 1) & ~((1UL << FirstHour) - 1);

    private protected override string Kind => "IntervalMaxDaysPerWeek";
    public override string Describe() => $"{Who}: lessons between hours {FirstHour + 1} and {EndHour} on at most {Count(MaxDays, "day")}";

    private protected override int Amount(TimetableView view, PersonWeek week)
        => Beyond(week.Busy.Count(b => (b & Mask) != 0), MaxDays);

    internal override void Compile(ProblemBuilder problem) => problem.AddTerm(this, Who, TermKind.IntervalDays, MaxDays, Mask);
}
