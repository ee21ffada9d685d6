using Tessera.Timetabling.Search;

namespace Tessera.Timetabling.Constraints;

/// <summary>At most so many gaps in a day. Unit: a gap hour too many; hours still to place may fill gaps.</summary>
public sealed record MaxGapsPerDay(Who Who, int MaxGaps) : PersonRule(Who)
{
    private protected override string Kind => "MaxGapsPerDay";
    public override string Describe() => $"{Who}: at most {Count(MaxGaps, "gap")} per day";

    private protected override int Amount(TimetableView view, PersonWeek week)
        => Beyond(SumOverDays(view, d => Beyond(week.Gaps(d), MaxGaps)), week.UnplacedHours);

    internal override void Compile(ProblemBuilder problem) => problem.AddTerm(this, Who, TermKind.GapsPerDay, MaxGaps);
}
