using Tessera.Timetabling.Search;

namespace Tessera.Timetabling.Constraints;

/// <summary>Lessons on at most so many days. Unit: a day too many.</summary>
public sealed record MaxDaysPerWeek(Who Who, int MaxDays) : PersonRule(Who)
{
    private protected override string Kind => "MaxDaysPerWeek";
    public override string Describe() => $"{Who}: at most {Count(MaxDays, "day")} per week";

    private protected override int Amount(TimetableView view, PersonWeek week)
        => Beyond(week.DaysUsed, MaxDays);

    internal override void Compile(ProblemBuilder problem) => problem.AddTerm(this, Who, TermKind.MaxDays, MaxDays);
}
