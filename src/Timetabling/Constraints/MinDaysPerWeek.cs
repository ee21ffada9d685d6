using Tessera.Timetabling.Search;

namespace Tessera.Timetabling.Constraints;

/// <summary>Lessons on at least so many days. Unit: a missing day, less the hours still to place.</summary>
public sealed record MinDaysPerWeek(Who Who, int MinDays) : PersonRule(Who)
{
    private protected override string Kind => "MinDaysPerWeek";
    public override string Describe() => $"{Who}: at least {Count(MinDays, "day")} per week";

    private protected override int Amount(TimetableView view, PersonWeek week)
        => Beyond(MinDays - week.DaysUsed, week.UnplacedHours);

    internal override void Compile(ProblemBuilder problem) => problem.AddTerm(this, Who, TermKind.MinDays, MinDays);
}
