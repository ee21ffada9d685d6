namespace Tessera.Timetabling.Model;

/// <summary>One lesson: who takes part, in what, and for how many consecutive hours of one day.</summary>
public sealed class Activity
{
    internal Activity(int index, int id, IReadOnlyList<Teacher> teachers, IReadOnlyList<StudentSet> students, string subject, int duration)
        => (Index, Id, Teachers, Students, Subject, Duration) = (index, id, teachers, students, subject, duration);

    /// <summary>Position in <see cref="School.Activities"/>.</summary>
    public int Index { get; }
    /// <summary>The number the lesson carries in its file.</summary>
    public int Id { get; }
    public IReadOnlyList<Teacher> Teachers { get; }
    public IReadOnlyList<StudentSet> Students { get; }
    public string Subject { get; }
    public IReadOnlyList<string> Tags { get; init; } = [];
    /// <summary>Hours, at least 1.</summary>
    public int Duration { get; }
    /// <summary>Lessons with the same non-zero course are the parts of one weekly course.</summary>
    public int Course { get; init; }
    /// <summary>Position within the course, from 1.</summary>
    public int Component { get; init; } = 1;
    /// <summary>Students taking part, for room capacity.</summary>
    public int Headcount { get; init; }

    /// <summary>"lesson 12 (Maths, Ada, 7b)".</summary>
    public override string ToString()
        => $"lesson {Id} ({string.Join(", ", new[] { Subject }.Concat(Teachers.Select(t => t.Name)).Concat(Students.Select(s => s.Name)).Where(n => n.Length > 0))})";
}
