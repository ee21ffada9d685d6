using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Tessera.Kernel.Records;
using Tessera.Kernel.Web;

namespace Tessera.Production;

public sealed record CrewMemberInput
{
    [Required]
    public Guid? ProjectId { get; init; }

    [Required]
    public Guid? StudentId { get; init; }

    [Required]
    public CrewRole? CrewRole { get; init; }

    public bool IsLead { get; init; }

    /// <summary>The name in the credits; the student's own when absent.</summary>
    [MaxLength(200)]
    public string? CreditedAs { get; init; }

    public DateOnly? From { get; init; }

    public DateOnly? To { get; init; }
}

public sealed record CrewMemberRow(
    Guid Id, Guid ProjectId, string ProjectCode, string ProjectTitle, ProjectStatus ProjectStatus, Guid StudentId, CrewRole CrewRole, bool IsLead, string CreditedAs, DateOnly? From, DateOnly? To,
    int Version, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, DateTimeOffset? DeletedAt) : IRecordRow;

/// <summary>Who does what on which project.</summary>
internal sealed class Crew : RecordSet<CrewMember, CrewMemberInput, CrewMemberRow>
{
    public Crew() : base(ProductionPages.Projects, "crew")
    {
        Search(c => c.CreditedAs);
        Filter(c => c.ProjectId);
        Filter(c => c.StudentId);
        Filter(c => c.CrewRole);
        Filter(c => c.IsLead);
        Filter(c => c.From);
        Filter(c => c.To);
        Sort(c => c.CreditedAs);
        Sort(c => c.CrewRole);
        DefaultSort("crewRole");
        Visible = c => c.Project != null;
        Row = c => new CrewMemberRow(
            c.Id, c.ProjectId, c.Project!.Code, c.Project.Title, c.Project.Status, c.StudentId, c.CrewRole, c.IsLead, c.CreditedAs, c.From, c.To, c.Version, c.CreatedAt, c.UpdatedAt, c.DeletedAt);
    }

    protected override Refusal? Explain(string constraint) => constraint switch
    {
        "ux_crew_member_role" => new Refusal(409, "duplicate_value", "This student has this role on the project already.").On("crewRole", "Already taken by this student."),
        _ => null,
    };

    protected override async ValueTask<Refusal?> Saving(RecordChange<CrewMember, CrewMemberInput> change, CancellationToken cancel)
    {
        var crew = change.Entity;
        if (change.Kind is ChangeKind.Delete or ChangeKind.Restore)
        {
            return null;
        }

        if (crew.To < crew.From)
        {
            return Refusals.Invalid("to", "Not before the first day.");
        }

        if (change.Changes(c => c.ProjectId) && !await change.Db.Set<Project>().AnyAsync(p => p.Id == crew.ProjectId, cancel))
        {
            return Refusals.NotFound.On("projectId", "There is no such project here.");
        }

        if (change.Changes(c => c.StudentId) || crew.CreditedAs.Length == 0)
        {
            // Somebody who left keeps the credits they have; new ones go to people who are here.
            var name = await change.Db.Set<Student>().Where(s => s.Id == crew.StudentId).Select(s => s.FullName).FirstOrDefaultAsync(cancel);
            if (name is null && change.Changes(c => c.StudentId))
            {
                return Refusals.NotFound.On("studentId", "There is no such student here.");
            }

            crew.CreditedAs = crew.CreditedAs.Length == 0 ? name ?? change.Original(c => c.CreditedAs)! : crew.CreditedAs;
        }

        return null;
    }
}
