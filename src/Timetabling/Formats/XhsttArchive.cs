using System.Xml.Linq;
using Tessera.Timetabling.Model.Events;

namespace Tessera.Timetabling.Formats;

/// <summary>What an XHSTT file holds: instances, published solutions, and what could not be understood.</summary>
public sealed class XhsttArchive
{
    private readonly List<XElement> solutionGroups;

    internal XhsttArchive(IReadOnlyList<EventProblem> problems, IReadOnlyList<InputWarning> warnings, List<XElement> solutionGroups)
        => (Problems, Warnings, this.solutionGroups) = (problems, warnings, solutionGroups);

    public IReadOnlyList<EventProblem> Problems { get; }
    /// <summary>Elements that were not understood; none is dropped silently.</summary>
    public IReadOnlyList<InputWarning> Warnings { get; }

    /// <summary>The solutions stored in the archive itself.</summary>
    /// <exception cref="InputException">A solution does not fit its instance; the message names line and column.</exception>
    public IReadOnlyList<XhsttSolution> Solutions => XhsttSolutions.Of(Problems, solutionGroups);
}

/// <summary>One solution of a solution group.</summary>
/// <param name="Group">Identifier of the group.</param>
/// <param name="Problem">The instance it is for.</param>
/// <param name="Meets">Its meets; an event the solution leaves out is one meet, unassigned but for what is preassigned.</param>
/// <param name="Faults">What makes it invalid: events whose meets do not add up to their duration.</param>
public sealed record XhsttSolution(string Group, EventProblem Problem, IReadOnlyList<Meet> Meets, IReadOnlyList<string> Faults);
