using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Tessera.Kernel.Changes;
using Tessera.Kernel.Database;
using Tessera.Kernel.Identity;
using Tessera.Kernel.Records;

namespace Tessera.Production;

public enum StudentStatus
{
    Active,
    OnLeave,
    Graduated,
    Withdrawn,
}

/// <summary>Somebody who studies here, and may work on productions. Not everybody has a login.</summary>
internal sealed class Student : TenantRecord, IOwnedRows<Student>, ISearchedText<Student>
{
    public static IReadOnlyList<Expression<Func<Student, string?>>> SearchedIn => [s => s.FullName, s => s.Email, s => s.StudentNo];

    /// <summary>As the school writes it: leading zeros stay.</summary>
    public string? StudentNo { get; set; }

    [Derived]
    public string? StudentNoKey { get; set; }

    [Personal]
    public required string FirstName { get; set; }

    [Personal]
    public required string LastName { get; set; }

    [Personal]
    public string? PreferredName { get; set; }

    /// <summary>What people call them: the preferred name before the last.</summary>
    [Personal, Derived]
    public string FullName { get; set; } = "";

    [Personal]
    public string? Email { get; set; }

    [Derived]
    public string? EmailKey { get; set; }

    [Personal]
    public string? Phone { get; set; }

    public string? Programme { get; set; }

    public int? YearOfStudy { get; set; }

    public List<string> Specialisation { get; set; } = [];

    [Personal]
    public string? EmergencyContact { get; set; }

    /// <summary>Their login, where they have one.</summary>
    public Guid? UserId { get; set; }

    public User? User { get; init; }

    public StudentStatus Status { get; set; }

    [Personal]
    public string? Notes { get; set; }

    public List<CrewMember> Crew { get; init; } = [];

    protected override string? Caption => FullName;

    public static Expression<Func<Student, bool>> IsOwn(PlatformDb db) => student => student.UserId == db.OwnRowsOf;
}

internal sealed class StudentMapping : IEntityTypeConfiguration<Student>
{
    public void Configure(EntityTypeBuilder<Student> builder)
    {
        builder.References(s => s.User, nameof(Student.UserId));
        builder.HasIndex(s => new { s.TenantId, s.StudentNoKey }).IsUnique().HasFilter("deleted_at is null").HasDatabaseName("ux_student_student_no");
        builder.HasIndex(s => new { s.TenantId, s.EmailKey }).IsUnique().HasFilter("deleted_at is null").HasDatabaseName("ux_student_email");
        builder.HasIndex(s => new { s.TenantId, s.UserId }).IsUnique().HasFilter("deleted_at is null").HasDatabaseName("ux_student_user_id");
    }
}
