using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Tessera.Kernel.Database;
using Tessera.Kernel.Records;
using Tessera.Kernel.Web;

namespace Tessera.Production;

public sealed record StudentInput
{
    /// <summary>Text: leading zeros stay. Unique among the workspace's students.</summary>
    [MaxLength(40)]
    public string? StudentNo { get; init; }

    [Required, MaxLength(100)]
    public string FirstName { get; init; } = "";

    [Required, MaxLength(100)]
    public string LastName { get; init; } = "";

    [MaxLength(100)]
    public string? PreferredName { get; init; }

    [MaxLength(254), EmailAddress]
    public string? Email { get; init; }

    [MaxLength(40), PhoneNumber]
    public string? Phone { get; init; }

    [MaxLength(120)]
    public string? Programme { get; init; }

    [Range(1, 12)]
    public int? YearOfStudy { get; init; }

    [MaxLength(20), ShortWords]
    public List<string> Specialisation { get; init; } = [];

    [MaxLength(500)]
    public string? EmergencyContact { get; init; }

    /// <summary>The member who is this student; their role then sees this student's projects.</summary>
    public Guid? UserId { get; init; }

    public StudentStatus Status { get; init; }

    [MaxLength(20_000)]
    public string? Notes { get; init; }
}

/// <param name="FullName">The preferred name before the last.</param>
/// <param name="ProjectCount">Live projects they are on the crew of.</param>
public sealed record StudentRow(
    Guid Id, string? StudentNo, string FirstName, string LastName, string? PreferredName, string FullName, string? Email, string? Phone, string? Programme, int? YearOfStudy, IReadOnlyList<string> Specialisation,
    string? EmergencyContact, Guid? UserId, string? UserName, StudentStatus Status, string? Notes, int ProjectCount, int Version, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, DateTimeOffset? DeletedAt) : IRecordRow;

/// <summary>The people who make the productions.</summary>
internal sealed class Students : RecordSet<Student, StudentInput, StudentRow>
{
    public Students() : base(ProductionPages.Students, "students", ProductionPages.Projects, ProductionPages.Schedule)
    {
        CreatesInOneTrip = true;
        Name(s => s.FullName, offered: s => s.Status == StudentStatus.Active || s.Status == StudentStatus.OnLeave);
        Detail(s => s.Email, elsewhere: s => s.Programme);
        Filter(s => s.StudentNo);
        Filter(s => s.FirstName);
        Filter(s => s.LastName);
        Filter(s => s.FullName);
        Filter(s => s.Email);
        Filter(s => s.Programme);
        Filter(s => s.YearOfStudy);
        Filter(s => s.Specialisation);
        Filter(s => s.Status);
        Filter(s => s.UserId);
        Sort(s => s.StudentNo);
        Sort(s => s.FullName);
        Sort(s => s.LastName);
        Sort(s => s.Email);
        Sort(s => s.Programme);
        Sort(s => s.YearOfStudy);
        Sort(s => s.Status);
        DefaultSort("lastName");
        Unique(s => s.StudentNoKey, "studentNo", "ux_student_student_no");
        Unique(s => s.EmailKey, "email", "ux_student_email");
        Row = s => new StudentRow(
            s.Id, s.StudentNo, s.FirstName, s.LastName, s.PreferredName, s.FullName, s.Email, s.Phone, s.Programme, s.YearOfStudy, s.Specialisation, s.EmergencyContact, s.UserId, s.User!.FullName, s.Status, s.Notes,
            s.Crew.Where(c => c.Project != null).Select(c => c.ProjectId).Distinct().Count(), s.Version, s.CreatedAt, s.UpdatedAt, s.DeletedAt);
    }

    protected override void MapVerbs(RouteGroupBuilder records) => ReadOwnStudent.Map(records);

    protected override Refusal? Explain(string constraint) => constraint switch
    {
        "fk_student_user_id" => Refusals.NotFound.On("userId", "There is no such person here."),
        "ux_student_user_id" => new Refusal(409, "duplicate_value", "Another student has this login.").On("userId", "Already linked."),
        _ => null,
    };

    protected override async ValueTask<Refusal?> Saving(RecordChange<Student, StudentInput> change, CancellationToken cancel)
    {
        var student = change.Entity;
        var before = change.Original(s => s.FullName);
        Derive(student);
        if (change.Kind == ChangeKind.Update && before != student.FullName)
        {
            await RenameAsync(change.Db, student.Id, before!, student.FullName, cancel);
        }

        return null;
    }

    internal static void Derive(Student student)
    {
        student.FullName = $"{student.PreferredName ?? student.FirstName} {student.LastName}";
        student.EmailKey = student.Email is null ? null : Emails.KeyOf(student.Email);
        student.StudentNoKey = student.StudentNo?.ToLowerInvariant();
        student.Phone = student.Phone is null ? null : PhoneNumber.Normalise(student.Phone) ?? student.Phone;
    }

    /// <summary>Credits and tasks that carry the old name take the new one; a credit under another name stays as it is.</summary>
    private static async Task RenameAsync(PlatformDb db, Guid id, string before, string after, CancellationToken cancel)
    {
        foreach (var credit in await db.Set<CrewMember>().Where(c => c.StudentId == id && c.CreditedAs == before).ToListAsync(cancel))
        {
            credit.CreditedAs = after;
        }

        foreach (var task in await db.Set<ProjectTask>().Where(t => t.AssigneeIds.Contains(id)).ToListAsync(cancel))
        {
            task.AssigneeNames = [.. task.AssigneeNames.Select(name => name == before ? after : name)];
        }
    }
}
