using Tessera.Timetabling.Search;

namespace Tessera.Timetabling.Constraints;

/// <summary>At most so many gaps in the week. Unit: a gap hour too many; hours still to place may fill gaps.</summary>
public sealed record MaxGapsPerWeek(Who Who, int MaxGaps) : PersonRule(Who)
{
    private protected override string Kind => "MaxGapsPerWeek";
    public override string Describe() => $"{Who}: at most {Count(MaxGaps, "gap")} per week";

    private protected override int Amount(TimetableView view, PersonWeek week)
        => Beyond(SumOverDays(view, week.Gaps), MaxGaps + week.UnplacedHours);

    internal override void Compile(ProblemBuilder problem) => problem.AddTerm(this, Who, TermKind.GapsPerWeek, MaxGaps);
}
