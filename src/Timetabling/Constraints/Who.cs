using Tessera.Timetabling.Model;

namespace Tessera.Timetabling.Constraints;

/// <summary>Whose week a rule limits: one teacher, every teacher, one class, or every class. Class rules hold for each leaf of the class.</summary>
public sealed record Who
{
    private Who(Teacher? teacher, StudentSet? students, bool everyTeacher)
        => (SingleTeacher, StudentSet, IsEveryTeacher) = (teacher, students, everyTeacher);

    public Teacher? SingleTeacher { get; }
    public StudentSet? StudentSet { get; }
    private bool IsEveryTeacher { get; }

    public static Who EveryTeacher { get; } = new(null, null, true);
    public static Who EveryStudent { get; } = new(null, null, false);
    public static Who Teacher(Teacher teacher) => new(teacher, null, false);
    public static Who Students(StudentSet set) => new(null, set, false);

    public bool IsTeachers => SingleTeacher is not null || IsEveryTeacher;

    /// <summary>"Teacher", "Teachers", "StudentsSet" or "Students": how rule names begin.</summary>
    internal string Prefix => SingleTeacher is not null ? "Teacher" : IsEveryTeacher ? "Teachers" : StudentSet is not null ? "StudentsSet" : "Students";

    internal IEnumerable<PersonIndex> Members(SchoolIndex index) => SingleTeacher is not null ? [index.Teachers[SingleTeacher.Index]]
        : IsEveryTeacher ? index.Teachers
        : StudentSet is not null ? StudentSet.Leaves().OrderBy(l => l.Index).Select(index.Leaf)
        : index.Leaves;

    internal IEnumerable<Activity> Lessons(SchoolIndex index) => Members(index).SelectMany(p => p.Lessons).Distinct();

    public override string ToString() => SingleTeacher?.Name ?? StudentSet?.Name ?? (IsEveryTeacher ? "every teacher" : "every class");
}
